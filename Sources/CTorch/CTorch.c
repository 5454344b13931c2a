// SwiftPM needs one source file beside the header.
