"""The merge of project files: rows travel with their stamps, and the later stamp wins."""
