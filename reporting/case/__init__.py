"""One page for the management meeting: from an open warning to a case somebody can decide on."""
