using System.Text;
using CmlNet.Dvc.Storage;

namespace CmlNet.Reports.Readers.TensorBoard;

/// <summary>
/// Scalars of TensorBoard event files. All event files of a folder are one run. A scalar is a <c>simple_value</c> (PyTorch, TensorFlow 1) or
/// a tensor of no dimension whose tag first appeared with the plugin name <c>scalars</c> (TensorFlow 2). Field numbers: <c>event.proto</c>,
/// <c>summary.proto</c>, <c>tensor.proto</c>.
/// </summary>
internal sealed class TensorBoardHistory
{
    private const int MostTags = 10_000;
    private const long MostValues = 50_000_000;
    private readonly OrderedDictionary<string, HistorySeries> _series = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _isScalar = new(StringComparer.Ordinal);
    private readonly List<string> _warnings = [];
    private long _values;

    private TensorBoardHistory()
    {
    }

    /// <summary>Whether TensorBoard would read the file.</summary>
    public static bool IsEventFile(string name) => name.Contains("tfevents", StringComparison.Ordinal);

    /// <summary>Whether the file stands for its folder: no other event file comes before it.</summary>
    public static bool IsFirstOfFolder(ArtifactFile file) => string.Equals(Siblings(file)[0], file.FullPath, StringComparison.Ordinal);

    /// <exception cref="ArtifactException">No scalar in it, or the first record is broken.</exception>
    public static HistoryArtifact Read(ArtifactFile file, CancellationToken cancellationToken)
    {
        var history = new TensorBoardHistory();
        foreach (string path in file.Content is null ? Siblings(file) : [file.FullPath])
        {
            using Stream stream = file.Content is null ? new FileStream(path, new FileStreamOptions { BufferSize = 1 << 16, Options = FileOptions.SequentialScan }) : file.OpenBytes();
            history.Add(stream, Path.GetFileName(path), cancellationToken);
        }

        return new HistoryArtifact { Path = file.Path, XName = "step", Series = [.. history._series.Values], Warnings = history._warnings };
    }

    private static string[] Siblings(ArtifactFile file)
    {
        string folder = Path.GetDirectoryName(file.FullPath) ?? "/";
        var options = new EnumerationOptions { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };
        string[] found = [.. Directory.EnumerateFiles(folder, "*tfevents*", options).Where(path => !FileKind.IsStream(path)).Order(StringComparer.Ordinal)];
        return found.Length > 0 ? found : [file.FullPath];
    }

    private void Add(Stream stream, string name, CancellationToken cancellationToken)
    {
        var records = new TfRecordReader(stream);
        int count = 0;
        while (records.Read(out ReadOnlySpan<byte> record))
        {
            if ((++count & 0xFFF) == 0)
                cancellationToken.ThrowIfCancellationRequested();
            ReadEvent(record);
        }

        if (records.Defect is { } defect)
            _warnings.Add($"{name}: {defect} after {count} records; what follows is not read");
    }

    private void ReadEvent(ReadOnlySpan<byte> record)
    {
        long step = 0;
        var fields = new ProtoFields(record);
        ReadOnlySpan<byte> summary = default;
        while (fields.Next())
        {
            if (fields.Number == 2)
                step = (long)fields.Bits;
            else if (fields.Number == 5)
                summary = fields.Bytes;
        }

        var values = new ProtoFields(summary);
        while (values.Next())
        {
            if (values.Number == 1)
                ReadValue(values.Bytes, step);
        }
    }

    private void ReadValue(ReadOnlySpan<byte> message, long step)
    {
        string tag = "";
        double? value = null;
        ReadOnlySpan<byte> tensor = default, metadata = default;
        var fields = new ProtoFields(message);
        while (fields.Next())
        {
            switch (fields.Number)
            {
                case 1: tag = Encoding.UTF8.GetString(fields.Bytes); break;
                case 2: value = fields.AsFloat; break;
                case 8: tensor = fields.Bytes; break;
                case 9: metadata = fields.Bytes; break;
            }
        }

        if (!metadata.IsEmpty)
            _isScalar.TryAdd(tag, Plugin(metadata).SequenceEqual("scalars"u8));
        value ??= !tensor.IsEmpty && _isScalar.GetValueOrDefault(tag) ? ScalarTensor.Read(tensor) : null;
        if (value is { } number)
            Add(tag, step, number);
    }

    private void Add(string tag, long step, double value)
    {
        if (!_series.TryGetValue(tag, out HistorySeries? series))
        {
            if (_series.Count == MostTags)
                return;
            _series.Add(tag, series = new HistorySeries(tag));
        }

        if (++_values > MostValues)
            throw new ArtifactException($"more than {MostValues} values; log less often or report on a part");
        series.Add(step, value);
    }

    // SummaryMetadata.plugin_data.plugin_name
    private static ReadOnlySpan<byte> Plugin(ReadOnlySpan<byte> metadata)
    {
        var fields = new ProtoFields(metadata);
        while (fields.Next())
        {
            if (fields.Number != 1)
                continue;
            var plugin = new ProtoFields(fields.Bytes);
            while (plugin.Next())
            {
                if (plugin.Number == 1)
                    return plugin.Bytes;
            }
        }

        return default;
    }
}
