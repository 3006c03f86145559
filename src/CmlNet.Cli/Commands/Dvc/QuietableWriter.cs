using System.Text;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary>Standard output that can be told to print nothing.</summary>
/// <param name="inner">The real one.</param>
internal sealed class QuietableWriter(TextWriter inner) : TextWriter
{
    /// <summary>The real one.</summary>
    public TextWriter Inner => inner;

    public bool IsQuiet { get; set; }

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value)
    {
        if (!IsQuiet)
            inner.Write(value);
    }

    public override void Write(string? value)
    {
        if (!IsQuiet)
            inner.Write(value);
    }

    public override void Write(char[] buffer, int index, int count)
    {
        if (!IsQuiet)
            inner.Write(buffer, index, count);
    }

    public override void Flush() => inner.Flush();
}
