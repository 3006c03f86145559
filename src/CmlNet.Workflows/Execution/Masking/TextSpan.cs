using System.Runtime.InteropServices;

namespace CmlNet.Workflows.Execution.Masking;

/// <summary>From <paramref name="Start"/> up to, not including, <paramref name="End"/>, in UTF-16 units.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TextSpan(int Start, int End);
