using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using CmlNet.Reports.Readers;
using CmlNet.Reports.Readers.Csv;

namespace CmlNet.Reports.Predictions;

/// <summary>Collects <see cref="RowDetails"/> from the rows of a predictions file that are kept.</summary>
internal sealed class RowDetailsReader
{
    private static readonly string[] UsualIds = ["id", "row_id", "sample_id", "example_id", "uuid"];
    private static readonly System.Buffers.SearchValues<char> TagSeparators = System.Buffers.SearchValues.Create(";|,");
    private readonly CsvFile _csv;
    private readonly int _id, _tags;
    private readonly int[] _content;
    private readonly (int Column, SliceBuilder Builder)[] _slices;
    private readonly List<ulong> _keys;
    private readonly List<long> _lines;
    private readonly RowNames? _names;
    private readonly SortedDictionary<string, List<int>> _tagRows = new(StringComparer.Ordinal);

    /// <param name="csv">At its header.</param>
    /// <param name="options">The columns asked for.</param>
    /// <param name="modelColumns">What the model said: not part of a row's content.</param>
    /// <exception cref="ArtifactException">A column asked for is not there.</exception>
    public RowDetailsReader(CsvFile csv, PredictionOptions options, IReadOnlyCollection<int> modelColumns)
    {
        _csv = csv;
        _id = options.Id is { } id ? Find(id, "id") : UsualIds.Select(csv.Find).FirstOrDefault(i => i >= 0, -1);
        _tags = options.Tags is { } tags ? Find(tags, "tags") : -1;
        _slices = [.. options.Slices.Select(name => (Find(name, "slices"), new SliceBuilder(name, csv.LikelyRows)))];
        _content = [.. Enumerable.Range(0, csv.Columns.Count).Except(modelColumns).Where(column => column != _tags)];
        _names = _id >= 0 ? new RowNames(csv.LikelyRows) : null;
        (_keys, _lines) = (new(csv.LikelyRows), new(csv.LikelyRows));
    }

    /// <summary>Takes the current row.</summary>
    public void Add()
    {
        if (_id >= 0)
        {
            ReadOnlySpan<byte> id = Text(_id);
            id = id[Ascii.Trim(id)];
            _keys.Add(Hash(id, 0));
            _names!.Add(id); // set with the column
        }
        else
        {
            ulong key = 0;
            foreach (int column in _content)
                key = Hash(Text(column), key);
            _keys.Add(key);
        }

        foreach ((int column, SliceBuilder builder) in _slices)
            builder.Add(_csv, column);
        if (_tags >= 0)
            AddTags(_csv[_tags]);
        _lines.Add(_csv.Line);
    }

    public RowDetails Build() => new()
    {
        Keys = [.. _keys],
        AreIds = _id >= 0,
        Names = _names,
        Lines = [.. _lines],
        Slices = [.. _slices.Select(slice => slice.Builder.Build())],
        Tags = _tags < 0 ? null : new TagColumn([.. _tagRows.Keys], [.. _tagRows.Values.Select(rows => rows.ToArray())]),
    };

    private void AddTags(ReadOnlySpan<char> field)
    {
        int row = _lines.Count;
        foreach (Range part in field.SplitAny(TagSeparators))
        {
            ReadOnlySpan<char> tag = field[part].Trim();
            if (tag.IsEmpty)
                continue;
            string name = tag.ToString();
            if (!_tagRows.TryGetValue(name, out List<int>? rows))
                _tagRows.Add(name, rows = []);
            if (rows.Count == 0 || rows[^1] != row)
                rows.Add(row);
        }
    }

    private ReadOnlySpan<byte> Text(int column)
    {
        ReadOnlySpan<byte> bytes = _csv.Bytes(column);
        if (!Utf8.IsValid(bytes))
            _ = _csv[column]; // says what is wrong with it
        return bytes;
    }

    private int Find(string name, string key) => _csv.Find(name) is var found and >= 0
        ? found
        : throw new ArtifactException($"no column '{name}', which {key} names. Columns: {string.Join(", ", _csv.Columns.Take(30))}", 1);

    // Multiply and fold, eight bytes at a time; fields are kept apart by their length.
    private static ulong Hash(ReadOnlySpan<byte> bytes, ulong seed)
    {
        ulong hash = Fold(seed ^ 0x9E3779B97F4A7C15 ^ (ulong)bytes.Length, 0xD6E8FEB86659FD93);
        while (bytes.Length >= 8)
        {
            hash = Fold(hash ^ MemoryMarshal.Read<ulong>(bytes), 0xA0761D6478BD642F);
            bytes = bytes[8..];
        }

        ulong last = 0;
        for (int i = 0; i < bytes.Length; i++)
            last |= (ulong)bytes[i] << (8 * i);
        return Fold(hash ^ last, 0xE7037ED1A0B428DB);
    }

    private static ulong Fold(ulong a, ulong b)
    {
        ulong high = Math.BigMul(a, b, out ulong low);
        return high ^ low;
    }
}
