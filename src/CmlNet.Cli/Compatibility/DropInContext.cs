using System.CommandLine;
using System.Text;
using CmlNet.Publishing;
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
            Time = Host.Time,
        },
        Logger);

    /// <summary>A report's text, decoded from UTF-8 with every byte accounted for.</summary>
    /// <param name="path">A file; <c>-</c> is standard input.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="CliException">It cannot be read.</exception>
    public async Task<string> ReadReportAsync(string path, CancellationToken cancellationToken)
    {
        if (path == "-")
            return await Host.In.ReadToEndAsync(cancellationToken);
        try
        {
            byte[] bytes = await File.ReadAllBytesAsync(FullPath(path), cancellationToken);
            if (bytes.LongLength > LargestReport)
                throw new CliException(ExitCodes.Failure, $"'{path}' has {bytes.LongLength} bytes; no code host takes a report of more than {LargestReport}");
            return Encoding.UTF8.GetString(bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            string reason = e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : e.Message;
            throw new CliException(ExitCodes.Failure, $"cannot read the report '{path}': {reason}", e);
        }
    }

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
