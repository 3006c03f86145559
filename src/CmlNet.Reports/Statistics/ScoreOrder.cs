using System.Numerics;

namespace CmlNet.Reports.Statistics;

/// <summary>Rows by falling score: radix sort on the upper bits of what they differ in, since a million scores per class are usual. Holds its buffers, so that one sorter serves many classes.</summary>
internal sealed class ScoreOrder(int rows)
{
    private const int Bits = 11;
    private const int Buckets = 1 << Bits;
    private const int Few = 2, Many = 3;
    private const double MostAlike = 8;
    private const int MostMoved = 32;
    private const int Sample = 1024;
    private const int RadixFrom = 4096;
    private readonly int[] _histograms = new int[Many * Buckets];
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
        ulong least = _keys[0], most = _keys[0];
        foreach (ulong key in _keys)
            (least, most) = (Math.Min(least, key), Math.Max(most, key));
        int bits = 64 - BitOperations.LeadingZeroCount(most - least);
        int passes = bits > Bits * Few && Likely(least, Math.Max(0, bits - Few * Bits)) > MostAlike ? Many : Few;
        int skipped = Math.Max(0, bits - passes * Bits);
        Array.Clear(_histograms);
        foreach (ulong key in _keys)
        {
            ulong upper = (key - least) >> skipped;
            for (int pass = 0; pass < passes; pass++)
                _histograms[pass * Buckets + (int)((upper >> (pass * Bits)) & (Buckets - 1))]++;
        }

        for (int pass = 0; pass < passes; pass++)
            Scatter(_histograms.AsSpan(pass * Buckets, Buckets), least, skipped + pass * Bits);
        Settle(least, skipped);
    }

    private void Scatter(Span<int> starts, ulong least, int shift)
    {
        if (starts[(int)(((_keys[0] - least) >> shift) & (Buckets - 1))] == _keys.Length)
            return; // all alike in these bits
        int sum = 0;
        for (int i = 0; i < Buckets; i++)
            (starts[i], sum) = (sum, sum + starts[i]);
        ulong[] keys = _keys, otherKeys = _otherKeys;
        int[] order = _order, otherOrder = _otherOrder;
        for (int i = 0; i < keys.Length; i++)
        {
            int to = starts[(int)(((keys[i] - least) >> shift) & (Buckets - 1))]++;
            otherKeys[to] = keys[i];
            otherOrder[to] = order[i];
        }

        (_keys, _otherKeys) = (otherKeys, keys);
        (_order, _otherOrder) = (otherOrder, order);
    }

    // How many others a score is likely to share its upper bits with and still differ from, by a few of them.
    private double Likely(ulong least, int skipped)
    {
        Span<ulong> sample = stackalloc ulong[Sample];
        for (int i = 0; i < Sample; i++)
            sample[i] = _keys[(int)((long)i * _keys.Length / Sample)];
        sample.Sort();
        long pairs = 0;
        for (int i = 1, alike = 0; i < Sample; i++)
        {
            alike = (sample[i] - least) >> skipped == (sample[i - 1] - least) >> skipped ? alike + 1 : 0;
            pairs += sample[i] == sample[i - 1] ? 0 : alike;
        }

        return 2.0 * pairs / Sample / (Sample - 1) * _keys.Length;
    }

    // The upper bits are in order; few scores share them and still differ.
    private void Settle(ulong least, int skipped)
    {
        ulong[] keys = _keys;
        int[] order = _order;
        for (int i = 1; i < keys.Length; i++)
        {
            if (keys[i - 1] <= keys[i])
                continue;
            (ulong key, int row) = (keys[i], order[i]);
            int to = i;
            for (; to > 0 && keys[to - 1] > key && i - to < MostMoved; to--)
                (keys[to], order[to]) = (keys[to - 1], order[to - 1]);
            (keys[to], order[to]) = (key, row);
            if (to == 0 || keys[to - 1] <= key)
                continue;
            ulong upper = (key - least) >> skipped;
            int end = i + 1;
            while (to > 0 && (keys[to - 1] - least) >> skipped == upper)
                to--;
            while (end < keys.Length && (keys[end] - least) >> skipped == upper)
                end++;
            Array.Sort(keys, order, to, end - to);
            i = end - 1;
        }
    }
}
