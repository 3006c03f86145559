using System.Text;

namespace CmlNet.Reports.Predictions;

/// <summary>Many short texts in one buffer, as UTF-8: a million ids as objects of their own would weigh more than all figures.</summary>
/// <param name="likely">How many there may be.</param>
internal sealed class RowNames(int likely)
{
    private readonly List<int> _ends = new(likely);
    private byte[] _text = new byte[Math.Max(256, likely * 8)];
    private int _length;

    public string this[int row]
    {
        get
        {
            int start = row == 0 ? 0 : _ends[row - 1];
            return Encoding.UTF8.GetString(_text, start, _ends[row] - start);
        }
    }

    /// <param name="name">UTF-8.</param>
    public void Add(ReadOnlySpan<byte> name)
    {
        if (_length + name.Length > _text.Length)
            Array.Resize(ref _text, (int)Math.Min(Array.MaxLength, Math.Max(_text.Length * 2L, (long)_length + name.Length)));
        name.CopyTo(_text.AsSpan(_length));
        _length += name.Length;
        _ends.Add(_length);
    }
}
