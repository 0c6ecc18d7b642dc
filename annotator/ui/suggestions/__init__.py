"""What is around the machine's suggestions: the strip that tells of one, asking, learning, order.

Going through them and judging them is ui/gestures/suggestions.py.
"""
