namespace CmlNet.Reports.Statistics;

/// <summary>Rows by falling score: radix sort on the upper bits, since a million scores per class are usual. Holds its buffers, so that one sorter serves many classes.</summary>
internal sealed class ScoreOrder(int rows)
{
    private const int Bits = 11;
    private const int Buckets = 1 << Bits;
    private const int Passes = 3;
    private const int Skipped = 64 - Passes * Bits;
    private const int RadixFrom = 4096;
    private readonly int[] _histograms = new int[Passes * Buckets];
    private ulong[] _keys = new ulong[rows];
    private int[] _order = new int[rows];
    private ulong[] _otherKeys = new ulong[rows >= RadixFrom ? rows : 0];
    private int[] _otherOrder = new int[rows >= RadixFrom ? rows : 0];

    /// <summary>Ascending as the scores fall; equal keys are equal scores.</summary>
    public ReadOnlySpan<ulong> Keys => _keys;

    /// <summary>The row of each key, or what stands for it.</summary>
    public ReadOnlySpan<int> Rows => _order;

    /// <summary>The score a key stands for.</summary>
    public static double Score(ulong key)
    {
        ulong bits = ~key;
        return BitConverter.UInt64BitsToDouble((bits >> 63) != 0 ? bits & ~(1UL << 63) : ~bits);
    }

    /// <param name="values">Without NaN.</param>
    /// <param name="offset">Place of the first row's score.</param>
    /// <param name="stride">From one row's score to the next.</param>
    /// <param name="codes">What is to stand for each row; empty takes its number.</param>
    public void Sort(ReadOnlySpan<double> values, int offset, int stride, ReadOnlySpan<int> codes = default)
    {
        for (int i = 0; i < _keys.Length; i++)
        {
            ulong bits = BitConverter.DoubleToUInt64Bits(values[offset + i * stride] + 0.0); // -0 becomes 0
            _keys[i] = (bits >> 63) != 0 ? bits : ~(bits | (1UL << 63));
            _order[i] = codes.IsEmpty ? i : codes[i];
        }

        if (_keys.Length < RadixFrom)
            Array.Sort(_keys, _order);
        else
            Radix();
    }

    private void Radix()
    {
        Array.Clear(_histograms);
        foreach (ulong key in _keys)
        {
            for (int pass = 0; pass < Passes; pass++)
                _histograms[pass * Buckets + (int)((key >> (Skipped + pass * Bits)) & (Buckets - 1))]++;
        }

        for (int pass = 0; pass < Passes; pass++)
        {
            Span<int> starts = _histograms.AsSpan(pass * Buckets, Buckets);
            int shift = Skipped + pass * Bits;
            if (starts[(int)((_keys[0] >> shift) & (Buckets - 1))] == _keys.Length)
                continue; // all alike in these bits
            int sum = 0;
            for (int i = 0; i < Buckets; i++)
                (starts[i], sum) = (sum, sum + starts[i]);
            for (int i = 0; i < _keys.Length; i++)
            {
                int to = starts[(int)((_keys[i] >> shift) & (Buckets - 1))]++;
                _otherKeys[to] = _keys[i];
                _otherOrder[to] = _order[i];
            }

            (_keys, _otherKeys) = (_otherKeys, _keys);
            (_order, _otherOrder) = (_otherOrder, _order);
        }

        Settle();
    }

    // The upper bits are in order; few scores share them and still differ.
    private void Settle()
    {
        for (int i = 1; i < _keys.Length; i++)
        {
            if (_keys[i - 1] <= _keys[i])
                continue;
            int start = i - 1, end = i + 1;
            while (start > 0 && _keys[start - 1] >> Skipped == _keys[i] >> Skipped)
                start--;
            while (end < _keys.Length && _keys[end] >> Skipped == _keys[i] >> Skipped)
                end++;
            Array.Sort(_keys, _order, start, end - start);
            i = end - 1;
        }
    }
}
