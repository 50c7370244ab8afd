"""What a theory hangs on: single nodes and links, smallest cuts, untested assumptions, leads and funders."""
