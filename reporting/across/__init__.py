"""Reading across: one question in every report, passages with codes, and what is written from them."""
