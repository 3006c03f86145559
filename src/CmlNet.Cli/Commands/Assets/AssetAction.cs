using System.CommandLine;
using CmlNet.Cli.Compatibility;
using CmlNet.Cli.Logging;
using CmlNet.Publishing;
using CmlNet.Publishing.Assets;

namespace CmlNet.Cli.Commands.Assets;

/// <summary>Publishes one file; prints its address, or Markdown for it.</summary>
internal static class AssetAction
{
    private const string Advice = "pass --url (or set CML_ASSET_URL) with the address of an asset server, or --assets=ref";

    public static Command Complete(Command command, CliHost host, bool isLegacy)
    {
        var file = new Argument<string>("asset") { Description = "The file to publish" };
        command.Arguments.Add(file);
        OptionGroup options = new OptionGroup("CML_ASSET_", "CML_PUBLISH_") { OtherVariables = [UploadToken.Variable] }
            .Flag("md", "Print Markdown: ![](url \"title\") for images and videos, else [title](url)")
            .Text("title", "Title for --md", "", aliases: ["t"])
            .Flag("native", "Publish with the code host's own uploads")
            .Flag("gitlab-uploads", "The same", isHidden: true)
            .Flag("rm-watermark", "Leave the cml parameter out of the URL", isHidden: true)
            .Text("mime-type", "Media type (default: by content and name)")
            .Text("file", "Write the result to this file", isHidden: true, aliases: ["f"])
            .Text("assets", StoreOptions.Description, "auto")
            .Text("bucket", StoreOptions.BucketDescription)
            .Text("url", "Address of a self-hosted asset server")
            .Flag("dry-run", "Print what would be sent or written, secrets masked, and do neither");
        return DropInCommand.Complete(command, options, host, async (context, cancellationToken) =>
        {
            if (isLegacy)
                CliLog.Warn(context.Logger, "\"cml publish\" is deprecated since \"cml comment\" now supports \"![inline](./asset.png)\"");
            string result = await PublishAsync(context, context.Parsed.GetRequiredValue(file), cancellationToken);
            await WriteAsync(context, result, cancellationToken);
        });
    }

    private static async Task<string> PublishAsync(DropInContext context, string file, CancellationToken cancellationToken)
    {
        OptionValues values = context.Values;
        bool isNative = values.Flag("native") || values.Flag("gitlab-uploads");
        using PublishingServices services = context.OpenServices(values.Text("url"), hasAssetMark: !values.Flag("rm-watermark"), assetStore: isNative ? "uploads" : values.Text("assets"));
        if (isNative && services.Context.Driver is "github" or "local")
            throw new CliException(ExitCodes.Failure, $"Github does not support publish! Instead of --native, {Advice}.");
        Asset asset = ReadAsset(context.FullPath(file), file, values.Text("mime-type"));
        IAssetStore? store = services.OpenAssetStore();
        string title = values.Text("title") ?? "";
        if (store is { IsForComments: true })
            throw new CliException(ExitCodes.Failure, $"the code host '{services.Context.Driver}' attaches files to comments only: let 'cml comment' publish '{file}', or {Advice.Replace(", or --assets=ref", "", StringComparison.Ordinal)}");
        if (store is { KeepsFiles: true })
        {
            string reference = await store.StoreAsync(asset, cancellationToken);
            return values.Flag("md") ? AssetMarkdown.Render(reference, asset.MediaType, title) : reference;
        }

        // CML sends the file to a public host here. In Markdown the file's own name does as well: 'cml comment' takes it from there.
        if (!values.Flag("md"))
            throw new CliException(ExitCodes.Failure, $"there is no place to publish '{file}': {Advice}");
        CliLog.Warn(context.Logger, $"no place to publish '{file}' is configured, so its Markdown names the local file; {Advice}");
        return AssetMarkdown.Render(AssetMarkdown.LocalTarget(file), asset.MediaType, title);
    }

    private static Asset ReadAsset(string path, string shown, string? mediaType)
    {
        // The user names this file, not a report, so it may be anywhere.
        var files = new AssetFiles { BaseDirectory = Path.GetDirectoryName(path) ?? "/", Roots = [Path.GetPathRoot(path) ?? "/"] };
        byte[] content = files.ReadNamed(path, out string? refusal);
        if (refusal is not null)
            throw new CliException(ExitCodes.Failure, $"cannot publish '{shown}': {refusal}");
        string name = Path.GetFileName(path);
        return new Asset { FileName = name, MediaType = string.IsNullOrWhiteSpace(mediaType) ? MediaTypes.Detect(name, content) : mediaType, Content = content };
    }

    private static async Task WriteAsync(DropInContext context, string result, CancellationToken cancellationToken)
    {
        string? output = context.Values.Text("file");
        if (context.IsRehearsal)
        {
            context.Rehearse(string.IsNullOrEmpty(output) ? null : context.FullPath(output), result + "\n");
            return;
        }

        if (string.IsNullOrEmpty(output))
        {
            await context.Host.Out.WriteLineAsync(result);
            return;
        }

        try
        {
            // The option's help has always said that it appends; CML overwrites.
            await File.AppendAllTextAsync(context.FullPath(output), result + "\n", cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.Failure, $"cannot write '{output}': {e.Message}", e);
        }
    }
}
