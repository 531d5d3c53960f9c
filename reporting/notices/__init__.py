"""Notices by e-mail: who is told what, and in which words. The outbox has ids; the text is written when it is sent."""
