"""What is printed for a training: poster, name tags, signature sheets, programme, attendance. Data for the PDF templates."""
