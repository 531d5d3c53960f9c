"""The annual report: rounds and forms, drafts, signature, submission, review, and what is published."""
