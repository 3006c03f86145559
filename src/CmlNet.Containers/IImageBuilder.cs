namespace CmlNet.Containers;

/// <summary>An engine that can make images.</summary>
public interface IImageBuilder
{
    /// <summary>
    /// Builds an image and returns its id (<c>sha256:…</c>), by which it can be started whatever else takes its name meanwhile.
    /// Steps that the engine did before come from its cache. A build that fails is an <see cref="EngineException"/>.
    /// </summary>
    /// <param name="build">What to build.</param>
    /// <param name="log">Receives what the engine says, line by line.</param>
    /// <param name="cancellationToken">Stops the build.</param>
    Task<string> BuildAsync(ImageBuild build, IProgress<string> log, CancellationToken cancellationToken);
}
