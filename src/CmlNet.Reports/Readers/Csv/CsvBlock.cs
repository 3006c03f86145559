namespace CmlNet.Reports.Readers.Csv;

/// <summary>Whole records of a file: their bytes, then where their fields are and what is a number. Used again for later records.</summary>
internal sealed class CsvBlock
{
    /// <summary>How many bytes behind the data may be looked at.</summary>
    public const int Padding = 128;

    private readonly object _gate = new();
    private int _state;
    private bool _isWhole;

    private enum State
    {
        Waiting,
        Taken,
        Done,
    }

    public byte[] Bytes { get; set; } = [];

    /// <summary>Of <see cref="Bytes"/>; <see cref="Padding"/> more are there.</summary>
    public int Length { get; set; }

    /// <summary>The last record is cut off: it is longer than any may be.</summary>
    public bool IsCut { get; set; }

    /// <summary>The fields of all records, one record after the other.</summary>
    public CsvField[] Fields { get; set; } = new CsvField[1024];

    /// <summary>Beside the fields: their numbers, NaN where they are none; only in columns of <see cref="Numeric"/>.</summary>
    public double[] Numbers { get; set; } = [];

    /// <summary>Columns that were wanted as numbers when the block was read.</summary>
    public int[] Numeric { get; set; } = [];

    /// <summary>Place of each record's first field, and the place behind the last.</summary>
    public int[] Starts { get; private set; } = new int[256];

    /// <summary>Lines between the block's first and each record's.</summary>
    public int[] Lines { get; private set; } = new int[256];

    public int RecordCount { get; set; }

    /// <summary>How many lines end in it.</summary>
    public int LineCount { get; private set; }

    /// <summary>What is wrong behind the last record, and on which line from 0; null when nothing is.</summary>
    public (string Message, int Line)? Defect { get; private set; }

    /// <summary>Of the other thread that may come to it; null when there is none.</summary>
    public Task? Work { get; set; }

    public bool IsDone => Volatile.Read(ref _state) == (int)State.Done;

    /// <summary>New bytes are in it.</summary>
    public void Renew(int[] numeric)
    {
        (Numeric, Work, _isWhole) = (numeric, null, false);
        Volatile.Write(ref _state, (int)State.Waiting);
    }

    /// <summary>A record was found.</summary>
    /// <param name="start">Its first field.</param>
    /// <param name="line">Lines before it.</param>
    public void Add(int start, int line)
    {
        if (RecordCount + 1 == Starts.Length)
            (Starts, Lines) = ([.. Starts, .. new int[Starts.Length]], [.. Lines, .. new int[Lines.Length]]);
        Starts[RecordCount] = start;
        Lines[RecordCount] = line;
        RecordCount++;
    }

    /// <summary>All records were found that can be.</summary>
    /// <param name="start">The place behind the last field.</param>
    /// <param name="line">Lines in the block, or before the defect.</param>
    /// <param name="defect">Null when there is none.</param>
    public void End(int start, int line, string? defect)
    {
        Starts[RecordCount] = start;
        LineCount = line;
        Defect = defect is null ? null : (defect, line);
    }

    /// <summary>Finds fields and numbers, unless another thread does or did.</summary>
    public bool TryWork(byte delimiter)
    {
        if (Interlocked.CompareExchange(ref _state, (int)State.Taken, (int)State.Waiting) != (int)State.Waiting)
            return false;
        try
        {
            CsvTokens.Find(this, delimiter);
            CsvTokens.Convert(this, Numeric);
            _isWhole = true;
        }
        finally
        {
            lock (_gate)
            {
                Volatile.Write(ref _state, (int)State.Done);
                Monitor.PulseAll(_gate);
            }
        }

        return true;
    }

    /// <summary>Returns when the thread that took it is done.</summary>
    public void Await()
    {
        lock (_gate)
        {
            while (!IsDone)
                Monitor.Wait(_gate);
        }

        if (!_isWhole)
            throw new InvalidOperationException("a block of the file could not be worked on", Work?.Exception);
    }
}
