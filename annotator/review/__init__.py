"""What annotators differ in, and what a reviewer decides of it. Knows core only."""
