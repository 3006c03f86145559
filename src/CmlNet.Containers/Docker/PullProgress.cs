using CmlNet.Containers.Docker.Wire;

namespace CmlNet.Containers.Docker;

/// <summary>Adds the layers of a pull up to one figure.</summary>
internal sealed class PullProgress(string reference, IProgress<ImageProgress> progress)
{
    private readonly Dictionary<string, (long Current, long Total)> _layers = new(StringComparer.Ordinal);

    public void Report(PullEvent pulled)
    {
        // A layer is first downloaded, then extracted, with figures of their own: only the download is counted.
        if (pulled is { Id: { } id, Status: "Downloading", ProgressDetail: { Current: { } current } detail })
            _layers[id] = (current, Math.Max(detail.Total ?? 0, current));
        else if (pulled is { Id: { } done, Status: "Download complete" or "Pull complete" } && _layers.TryGetValue(done, out var layer))
            _layers[done] = (layer.Total, layer.Total);
        progress.Report(new ImageProgress(
            reference, pulled.Status ?? "", _layers.Values.Sum(l => l.Current), _layers.Values.Sum(l => l.Total)));
    }
}
