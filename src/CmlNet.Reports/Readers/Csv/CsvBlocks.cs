namespace CmlNet.Reports.Readers.Csv;

/// <summary>
/// The blocks of a stream in their order, worked on by other cores while earlier ones are used. Whoever waits for a block works on one himself meanwhile,
/// so that a busy thread pool delays nothing.
/// </summary>
/// <param name="source">Only read by the thread that asks for blocks.</param>
/// <param name="delimiter">Between fields.</param>
/// <param name="ahead">How many blocks are held beside the one in use; 0 works on each when it is asked for.</param>
internal sealed class CsvBlocks(CsvBlockSource source, byte delimiter, int ahead)
{
    private readonly List<CsvBlock> _ahead = [];
    private readonly Stack<CsvBlock> _free = [];
    private int[] _numeric = [];
    private bool _isFirst = true;

    /// <summary>From the blocks that are not yet read on, numbers of the column are read ahead.</summary>
    public void Expect(int column)
    {
        if (Array.IndexOf(_numeric, column) < 0)
            _numeric = [.. _numeric, column];
    }

    /// <summary>As above, for these columns and no others.</summary>
    public void Expect(ReadOnlySpan<int> columns)
    {
        if (!columns.SequenceEqual(_numeric))
            _numeric = columns.ToArray();
    }

    /// <summary>The next block; null at the end.</summary>
    /// <param name="used">The one before, which may be filled again.</param>
    public CsvBlock? Next(CsvBlock? used)
    {
        if (used is not null)
            _free.Push(used);
        // The first alone: many files end there, and some are only asked for their header.
        int most = _isFirst ? 1 : Math.Max(1, ahead);
        while (_ahead.Count < most && Fill() is { } block)
        {
            _ahead.Add(block);
            if (!_isFirst && ahead > 0)
                block.Work = Task.Run(() => block.TryWork(delimiter));
        }

        _isFirst = false;
        if (_ahead.Count == 0)
            return null;
        CsvBlock next = _ahead[0];
        while (!next.IsDone && _ahead.Exists(block => block.TryWork(delimiter)))
        {
        }

        next.Await();
        _ahead.RemoveAt(0);
        return next;
    }

    private CsvBlock? Fill()
    {
        CsvBlock block = _free.TryPop(out CsvBlock? free) ? free : new CsvBlock();
        if (!source.Fill(block))
        {
            _free.Push(block);
            return null;
        }

        block.Renew(_numeric);
        return block;
    }
}
