//! The build script: adds icon, version and manifest to the program for Windows. It does nothing for other systems.

use std::env;

const ICON: &str = "packaging/icons/thred-console.ico";
const MANIFEST: &str = "packaging/windows/thred-console.manifest";

fn main() -> std::io::Result<()> {
    for file in [ICON, MANIFEST, "packaging/windows/resources.rs"] {
        println!("cargo:rerun-if-changed={file}");
    }
    // The target system, which may differ from the one that builds the program.
    if env::var("CARGO_CFG_TARGET_OS").as_deref() != Ok("windows") {
        return Ok(());
    }
    let folder = env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
    winresource::WindowsResource::new()
        .set_icon(&format!("{folder}/{ICON}"))
        .set_manifest_file(&format!("{folder}/{MANIFEST}"))
        .set("ProductName", "Thred Partner Console")
        .set("FileDescription", "Thred Partner Console")
        .set("InternalName", "thred-console")
        .set("OriginalFilename", "thred-console.exe")
        .set("LegalCopyright", "MIT or Apache-2.0")
        .compile_for("thred-console")
}
