//! One file per thing of the operating system, each behind one narrow trait.
