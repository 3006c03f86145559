using System.Runtime.InteropServices;

namespace CmlNet.Dvc.Revisions;

/// <summary>Text as C takes it, until it is freed.</summary>
internal sealed class NativeStrings
{
    private readonly List<nint> _blocks = [];

    /// <summary>Pointers to UTF-8 text, and a null pointer behind them.</summary>
    public nint Array(IReadOnlyList<string> texts)
    {
        nint pointers = Kept(Marshal.AllocCoTaskMem((texts.Count + 1) * nint.Size));
        for (int i = 0; i < texts.Count; i++)
            Marshal.WriteIntPtr(pointers, i * nint.Size, Kept(Marshal.StringToCoTaskMemUTF8(texts[i])));
        Marshal.WriteIntPtr(pointers, texts.Count * nint.Size, 0);
        return pointers;
    }

    /// <summary>Nothing that was given may be used any more.</summary>
    public void Free()
    {
        foreach (nint block in _blocks)
            Marshal.FreeCoTaskMem(block);
        _blocks.Clear();
    }

    private nint Kept(nint block)
    {
        _blocks.Add(block);
        return block;
    }
}
