"""What units apply for, what leaders write, what goes up to them: reviews, instructions, urgent reports."""
