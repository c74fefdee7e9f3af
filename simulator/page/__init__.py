"""The phones as a web page: the files, the stream that drives them, and who may open it."""
