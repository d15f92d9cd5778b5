"""dj-stripe as PostHub has it: its tables in one migration of ours, its web address and its checks left out."""
