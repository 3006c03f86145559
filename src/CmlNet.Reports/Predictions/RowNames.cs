namespace CmlNet.Reports.Predictions;

/// <summary>Many short texts in one buffer: a million ids as objects of their own would weigh more than all figures.</summary>
internal sealed class RowNames
{
    private char[] _text = new char[256];
    private int _length;
    private readonly List<int> _ends = [];

    public string this[int row]
    {
        get
        {
            int start = row == 0 ? 0 : _ends[row - 1];
            return new string(_text, start, _ends[row] - start);
        }
    }

    public void Add(ReadOnlySpan<char> name)
    {
        if (_length + name.Length > _text.Length)
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _length + name.Length));
        name.CopyTo(_text.AsSpan(_length));
        _length += name.Length;
        _ends.Add(_length);
    }
}
