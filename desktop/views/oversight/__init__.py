"""Who sees and saw what: the record for a superior, and reports that wait for a second person."""
