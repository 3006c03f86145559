using System.Globalization;
using System.Net;
using CmlNet.Cli.Compatibility;
using CmlNet.Publishing.Assets;
using CmlNet.Publishing.Assets.Serving;

namespace CmlNet.Cli.Commands.Assets.Serving;

/// <summary>What <c>cml asset serve</c> was asked for.</summary>
internal sealed record ServeOptions
{
    private const long MiB = 1024 * 1024;

    public required IPEndPoint Endpoint { get; init; }

    public required Uri? PublicUrl { get; init; }

    public required string? Token { get; init; }

    public required AssetVaultOptions Vault { get; init; }

    public static OptionGroup Build() => new OptionGroup("CML_ASSET_SERVE_")
        .Text("directory", "Directory of the files; it is created where it is missing", "cml-assets")
        .Text("listen", "Address and port to listen on; port 0 takes a free one", "127.0.0.1:8080")
        .Text("public-url", "What the files' addresses start with (default: what uploaders call the server)")
        .Text("max-size", "Largest file, in MiB", "25")
        .Text("max-total", "All files together, in MiB", "10240")
        .Text("types", "Media types to take, separated by commas; image/* is every image (default: images, videos, PDF, JSON, plain text)")
        .Text("upload-token-file", "File with the token that uploads must show (default: CML_ASSET_UPLOAD_TOKEN, else none is asked for)");

    public static ServeOptions Read(DropInContext context)
    {
        OptionValues values = context.Values;
        string listen = values.Text("listen") ?? "";
        if (!IPEndPoint.TryParse(listen, out IPEndPoint? endpoint) || !listen.Contains(':', StringComparison.Ordinal))
            throw new CliException(ExitCodes.Failure, $"--listen={listen} is not an address and a port, such as 127.0.0.1:8080 or [::]:8080");
        return new ServeOptions
        {
            Endpoint = endpoint,
            PublicUrl = PublicAddress(values.Text("public-url")),
            Token = ReadToken(context),
            Vault = new AssetVaultOptions
            {
                Directory = context.FullPath(values.Text("directory") ?? "."),
                SizeLimit = Math.Min(Bytes(values, "max-size"), 1024 * MiB),
                TotalLimit = Bytes(values, "max-total"),
                MediaTypes = Types(values.Text("types")),
            },
        };
    }

    private static Uri? PublicAddress(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        return Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https" && url.Query.Length == 0
            ? url
            : throw new CliException(ExitCodes.Failure, $"--public-url={text} is not an address such as https://assets.example.com");
    }

    private static string? ReadToken(DropInContext context)
    {
        if (context.Values.Text("upload-token-file") is not { Length: > 0 } file)
            return context.Host.Environment.GetValueOrDefault(UploadToken.Variable) is { Length: > 0 } set ? UploadToken.Check(set) : null;
        string path = context.FullPath(file);
        var files = new AssetFiles { BaseDirectory = Path.GetDirectoryName(path) ?? "/", Roots = [Path.GetPathRoot(path) ?? "/"], SizeLimit = 4096 };
        byte[] content = files.ReadNamed(path, out string? refusal);
        return refusal is null ? UploadToken.Check(System.Text.Encoding.UTF8.GetString(content)) : throw new CliException(ExitCodes.Failure, $"cannot read the token from '{file}': {refusal}");
    }

    private static long Bytes(OptionValues values, string name) =>
        long.TryParse(values.Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out long size) && size is > 0 and < long.MaxValue / MiB
            ? size * MiB
            : throw new CliException(ExitCodes.Failure, $"--{name}={values.Text(name)} is not a number of MiB");

    private static IReadOnlyCollection<string> Types(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return ServedTypes.All;
        var types = new HashSet<string>(StringComparer.Ordinal);
        foreach (string asked in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] meant = [.. ServedTypes.All.Where(t => t == asked || (asked.EndsWith("/*", StringComparison.Ordinal) && t.StartsWith(asked[..^1], StringComparison.Ordinal)))];
            if (meant.Length == 0)
                throw new CliException(ExitCodes.Failure, $"--types: '{asked}' cannot be served safely; known are: {string.Join(", ", ServedTypes.All)}");
            types.UnionWith(meant);
        }

        return types;
    }
}
