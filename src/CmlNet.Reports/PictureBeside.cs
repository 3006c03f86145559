using CmlNet.Reports.Baselines;
using CmlNet.Reports.Readers;

namespace CmlNet.Reports;

/// <summary>Puts the baseline's picture beside this run's.</summary>
internal static class PictureBeside
{
    private const int LargestPicture = 25 * 1024 * 1024;

    /// <summary>The artifact as it is, unless it is a picture that the baseline has in another form.</summary>
    public static Artifact? Baseline(Artifact? now, ArtifactFile file, BaselineFiles? baseline)
    {
        if (now is not ImageArtifact image || baseline is not { IsThere: true })
            return now;
        try
        {
            ReadOnlyMemory<byte>? old = baseline.Read(file.FullPath);
            return old is { IsEmpty: false, Length: <= LargestPicture } && !old.Value.Span.SequenceEqual(File.ReadAllBytes(file.FullPath)) ? image with { Baseline = old } : image;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return image; // a picture without its predecessor is still a picture
        }
    }
}
