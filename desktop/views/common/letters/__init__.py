"""Letters of supervision as a person asks for them: which a case offers, where the file goes, what is said of it."""
