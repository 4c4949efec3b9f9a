"""`python -m auditor` is the command `auditor`, for machines where scripts are not on the path."""

from auditor.cli import main

if __name__ == "__main__":
    main()
