namespace CmlNet.Cli.Commands.Assets;

/// <summary>The secret between an asset server and those who upload to it. It has no option: arguments are everybody's to read.</summary>
internal static class UploadToken
{
    public const string Variable = "CML_ASSET_UPLOAD_TOKEN";
    private const int Shortest = 16;

    /// <exception cref="CliException">It is too short to be a secret, or holds what no header may.</exception>
    public static string Check(string text)
    {
        string token = text.Trim();
        if (token.Length < Shortest || token.Any(c => char.IsControl(c) || c is ' ' or > '~'))
            throw new CliException(ExitCodes.Failure, $"the upload token needs at least {Shortest} letters, digits or signs, without spaces; 'openssl rand -hex 32' makes one");
        return token;
    }
}
