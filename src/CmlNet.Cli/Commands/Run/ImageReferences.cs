using System.Buffers;

namespace CmlNet.Cli.Commands.Run;

/// <summary>Images that a person names.</summary>
internal static class ImageReferences
{
    private static readonly SearchValues<char> Characters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._/:@-");

    /// <summary>Loose: what is only unlikely the engine may judge.</summary>
    public static string Demand(string label, string image) => image.Length > 0 && char.IsAsciiLetterOrDigit(image[0]) && !image.AsSpan().ContainsAnyExcept(Characters)
        ? image
        : throw new CliException(ExitCodes.Usage, $"cml run: --image {label}={image}: '{image}' is no image reference. Expected NAME[:TAG] or NAME@DIGEST, as in --image {label}=python:3.12-slim.");
}
