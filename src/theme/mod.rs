//! Design tokens, fonts and icons: the only room with colours, sizes and drawings.
