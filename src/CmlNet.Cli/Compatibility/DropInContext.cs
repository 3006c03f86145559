using System.CommandLine;
using System.Text;
using CmlNet.Cli.Logging;
using CmlNet.Publishing;
using CmlNet.Publishing.Http;
using CmlNet.Publishing.Secrets;
using Microsoft.Extensions.Logging;

namespace CmlNet.Cli.Compatibility;

/// <summary>One invocation of a CML command.</summary>
internal sealed record DropInContext
{
    private const long LargestReport = 16 * 1024 * 1024;

    public required ParseResult Parsed { get; init; }

    public required OptionValues Values { get; init; }

    public required CliHost Host { get; init; }

    public required ILogger Logger { get; init; }

    /// <summary>Hides the secrets of environment and command line.</summary>
    public required SecretMask Mask { get; init; }

    /// <summary>What would be sent is printed, and not sent.</summary>
    public bool IsRehearsal => Values.IsOn("dry-run");

    /// <summary>The services as options and environment configure them.</summary>
    public PublishingServices OpenServices(string? assetServer = null, bool hasAssetMark = true, string? assetStore = null) => new(
        new PublishingOptions
        {
            Environment = Host.Environment,
            WorkingDirectory = Host.WorkingDirectory,
            Repository = Values.Text("repo"),
            Driver = Values.FromCommandLine("driver"),
            DefaultDriver = Values.FromEnvironment("driver"),
            Token = Values.Text("driver-token"),
            AssetServer = AddressOf(assetServer),
            HasAssetMark = hasAssetMark,
            AssetStore = string.IsNullOrEmpty(assetStore) ? "auto" : assetStore,
            Bucket = Values.Has("bucket") ? Values.Text("bucket") : null,
            Time = Host.Time,
            Rehearsal = IsRehearsal ? new Rehearsal(Host.Out, Mask) : null,
        },
        Logger);

    /// <summary>Tells of a file that would be written; where there is none, the result would be printed, and is not.</summary>
    public void Rehearse(string? path, string content)
    {
        if (path is not null)
            new Rehearsal(Host.Out, Mask).File(path, content);
    }

    /// <summary>A report's text, decoded from UTF-8 with every byte accounted for.</summary>
    /// <param name="path">A file; <c>-</c> is standard input.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="CliException">It cannot be read.</exception>
    public async Task<string> ReadReportAsync(string path, CancellationToken cancellationToken)
    {
        if (path == "-")
            return await ReadInputAsync(cancellationToken);
        try
        {
            await using var stream = new FileStream(FullPath(path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
            using var copy = new MemoryStream(stream.CanSeek ? (int)Math.Min(stream.Length, LargestReport) : 0);
            byte[] buffer = new byte[64 * 1024];
            // A file's bytes are there; only a pipe's are worth a wait that can be ended.
            for (int read; (read = stream.CanSeek ? stream.Read(buffer) : await stream.ReadAsync(buffer, cancellationToken)) > 0;)
            {
                copy.Write(buffer, 0, read);
                if (copy.Length > LargestReport)
                    throw TooLarge(path);
            }

            string report = ReportText.Decode(copy.GetBuffer().AsSpan(0, (int)copy.Length), out bool isWhole);
            if (!isWhole)
                CliLog.NotText(Logger, path);
            return report;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            string reason = e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : Directory.Exists(FullPath(path)) ? "it is a directory" : e.Message;
            throw new CliException(ExitCodes.Failure, $"cannot read the report '{path}': {reason}", e);
        }
    }

    private async Task<string> ReadInputAsync(CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        char[] buffer = new char[64 * 1024];
        for (int read; (read = await Host.In.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            text.Append(buffer, 0, read);
            if (text.Length > LargestReport)
                throw TooLarge("-");
        }

        return ReportText.Storable(text.ToString());
    }

    private static CliException TooLarge(string path) => new(ExitCodes.Failure, $"'{path}' has more than {LargestReport} bytes; no code host takes such a report");

    public string FullPath(string path) => Path.GetFullPath(path, Host.WorkingDirectory);

    private static Uri? AddressOf(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        return Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https"
            ? address
            : throw new CliException(ExitCodes.Failure, $"'{text}' is not the address of an asset server: expected http(s)://…");
    }
}
