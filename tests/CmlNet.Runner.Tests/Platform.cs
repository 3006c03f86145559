using System.Runtime.Versioning;

// The daemon runs on Linux: its tests set file modes and send signals.
[assembly: SupportedOSPlatform("linux")]
