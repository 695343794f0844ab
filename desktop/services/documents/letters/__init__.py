"""Letters of supervision (公文): from a template that a city edits in its word processor, as .docx and as PDF."""
