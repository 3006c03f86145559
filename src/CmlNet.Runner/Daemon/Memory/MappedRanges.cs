using System.Buffers.Text;

namespace CmlNet.Runner.Daemon.Memory;

/// <summary>Finds, among the lines of <c>/proc/PID/smaps</c>, the ranges of one program that nothing can write to and nothing has changed.</summary>
internal sealed class MappedRanges(byte[] program)
{
    private readonly List<PageRange> _clean = [];
    private PageRange? _current;

    public IReadOnlyCollection<PageRange> Clean => _clean;

    public void Take(ReadOnlySpan<byte> line)
    {
        // Only the first line of a range begins like this; those after it tell what is in it.
        if (line is [>= (byte)'0' and <= (byte)'9' or >= (byte)'a' and <= (byte)'f', ..])
        {
            _current = ReadRange(line);
        }
        else if (_current is null)
        {
            return;
        }
        else if (line.StartsWith("Anonymous:"u8) && !IsNothing(line["Anonymous:"u8.Length..]))
        {
            // Pages that were changed are copies, in memory or in swap: they cannot be read from the file again.
            _current = null;
        }
        else if (line.StartsWith("Swap:"u8))
        {
            // It comes after the other.
            if (IsNothing(line["Swap:"u8.Length..]))
                _clean.Add(_current);
            _current = null;
        }
    }

    // 559251c10000-55925355a000 r-xp 01d2c000 00:27 1234   /opt/with space/cml
    private PageRange? ReadRange(ReadOnlySpan<byte> line)
    {
        if (!Utf8Parser.TryParse(line, out ulong start, out int dash, 'x') || !Utf8Parser.TryParse(line[(dash + 1)..], out ulong end, out int length, 'x'))
            return null;
        ReadOnlySpan<byte> rest = line[(dash + 1 + length)..].TrimStart((byte)' ');
        if (rest is not [(byte)'r', not (byte)'w', ..])
            return null;
        for (int field = 0; field < 4; field++)
        {
            int space = rest.IndexOf((byte)' ');
            if (space < 0)
                return null;
            rest = rest[space..].TrimStart((byte)' ');
        }

        return rest.SequenceEqual(program) ? new PageRange(start, end) : null;
    }

    private static bool IsNothing(ReadOnlySpan<byte> value) => value.TrimStart((byte)' ').SequenceEqual("0 kB"u8);
}
