using System.Text;
using CmlNet.Dvc.Storage;
using CmlNet.Reports.Contracts;
using CmlNet.Reports.Predictions;

namespace CmlNet.Reports.Readers;

/// <summary>A file a reader may look at, with the limits that hold for anything a job left.</summary>
internal sealed class ArtifactFile
{
    public const int LargestText = 32 * 1024 * 1024;
    private const int HeadLength = 4096;
    private string? _head;

    public required string FullPath { get; init; }

    /// <summary>As the user wrote it, or relative to the searched folder.</summary>
    public required string Path { get; init; }

    /// <summary>The user named it, so that a defect is the user's failure and not a curiosity of the folder.</summary>
    public required bool IsNamed { get; init; }

    public string? ActualColumn { get; init; }

    public string? PredictedColumn { get; init; }

    /// <summary>For predictions: what else is in the file.</summary>
    public PredictionOptions Predictions { get; init; } = new();

    /// <summary>For predictions: nobody said that they are classes, so numbers are read as a regression.</summary>
    public bool MayBeRegression { get; init; }

    /// <summary>For histories: the column of the x axis; null takes step or epoch.</summary>
    public string? XColumn { get; init; }

    /// <summary>For histories: whether the y axis is logarithmic; null leaves it to the values.</summary>
    public bool? IsYLog { get; init; }

    /// <summary>For measurements: the column they stand in.</summary>
    public string? Column { get; init; }

    /// <summary>For data: the only columns to look at; empty takes all.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>For a data contract: what is declared.</summary>
    public IReadOnlyList<ColumnRule> Rules { get; init; } = [];

    /// <summary>Files that this one is held against, by the option that named them.</summary>
    public IReadOnlyDictionary<string, ArtifactFile> Companions { get; init; } = new Dictionary<string, ArtifactFile>(StringComparer.Ordinal);

    /// <summary>What it held at another revision; null reads the file itself.</summary>
    public ReadOnlyMemory<byte>? Content { get; init; }

    public string Suffix => System.IO.Path.GetExtension(FullPath).ToLowerInvariant();

    public string Stem => System.IO.Path.GetFileNameWithoutExtension(FullPath);

    /// <summary>The first characters, for recognising what a file is.</summary>
    public string Head
    {
        get
        {
            if (_head is not null)
                return _head;
            using StreamReader reader = OpenText();
            char[] buffer = new char[HeadLength];
            int read = reader.ReadBlock(buffer, 0, buffer.Length);
            return _head = new string(buffer, 0, read);
        }
    }

    /// <summary>The file that an option named.</summary>
    /// <exception cref="ArtifactException">It does not exist.</exception>
    public ArtifactFile Companion(string option)
    {
        ArtifactFile companion = Companions[option];
        return File.Exists(companion.FullPath) ? companion : throw new ArtifactException($"cannot be compared: {companion.Path}, which {option} names, does not exist");
    }

    /// <summary>The same file as it was at another revision. Its rows count with the weights of this run.</summary>
    public ArtifactFile At(ReadOnlyMemory<byte> content) => Other(FullPath, content);

    /// <summary>As above, of a file that has its place elsewhere.</summary>
    public ArtifactFile In(string fullPath) => Other(fullPath, null);

    private ArtifactFile Other(string fullPath, ReadOnlyMemory<byte>? content) => new()
    {
        FullPath = fullPath, Path = Path, IsNamed = false, Content = content,
        ActualColumn = ActualColumn, PredictedColumn = PredictedColumn, MayBeRegression = MayBeRegression, Predictions = Predictions with { Weight = null }, XColumn = XColumn, IsYLog = IsYLog, Column = Column, Columns = Columns, Rules = Rules, Companions = Companions,
    };

    /// <exception cref="ArtifactException">A pipe or a device.</exception>
    public StreamReader OpenText() => Content is { } content
        ? new StreamReader(new MemoryStream(content.ToArray(), writable: false), Encoding.UTF8)
        : new StreamReader(OpenFile(), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);

    /// <summary>The content as it is; can seek.</summary>
    /// <exception cref="ArtifactException">A pipe or a device.</exception>
    public Stream OpenBytes() => Content is { } content
        ? new MemoryStream(content.ToArray(), writable: false)
        : OpenFile();

    /// <exception cref="ArtifactException">Larger than <see cref="LargestText"/> characters.</exception>
    public string ReadText()
    {
        // No encoding takes more than four bytes for a character.
        if (Content is null && new FileInfo(FullPath).Length > 4L * LargestText)
            throw TooLarge();
        using StreamReader reader = OpenText();
        var text = new StringBuilder();
        char[] buffer = new char[64 * 1024];
        int read;
        while ((read = reader.ReadBlock(buffer, 0, buffer.Length)) > 0)
        {
            text.Append(buffer, 0, read);
            if (text.Length > LargestText)
                throw TooLarge();
        }

        return text.ToString();
    }

    // Files are looked at more than once: for what they are, for their columns, for their rows.
    private FileStream OpenFile()
    {
        if (FileKind.IsStream(FullPath))
            throw new ArtifactException(FileKind.StreamRefusal);
        return new FileStream(FullPath, new FileStreamOptions { BufferSize = 0, Options = FileOptions.SequentialScan });
    }

    private static ArtifactException TooLarge() => new($"larger than {LargestText / (1024 * 1024)} MiB; a metrics or history file this size is not read");
}
