"""Pictures as SVG text: the same drawing serves page, PDF and terminal. Pure: values in, text out."""
