using CmlNet.Containers.Docker;

namespace CmlNet.Containers.Tests.Docker;

public sealed class ImageReferenceTests
{
    [Theory]
    [InlineData("python", "docker.io", "python", "python:latest")]
    [InlineData("docker://docker.io/library/python:3.12-slim", "docker.io", "python", "python:3.12-slim")]
    [InlineData("index.docker.io/library/python", "docker.io", "python", "python:latest")]
    [InlineData("dvcorg/cml-py3:latest", "docker.io", "dvcorg/cml-py3", "dvcorg/cml-py3:latest")]
    [InlineData("localhost/a", "localhost", "a", "localhost/a:latest")]
    [InlineData("registry.example.com:5000/team/img:1", "registry.example.com:5000", "team/img", "registry.example.com:5000/team/img:1")]
    [InlineData("ghcr.io/o/i@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "ghcr.io", "o/i", "ghcr.io/o/i@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    public void Parse_ManyForms_AreOne(string text, string registry, string path, string familiar)
    {
        var image = ImageReference.Parse(text);

        Assert.Equal((registry, path, familiar), (image.Registry, image.Path, image.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Python")]
    [InlineData("../../containers/json?x=")]
    [InlineData("a b")]
    [InlineData("a:b:c")]
    [InlineData("a/../b")]
    [InlineData("docker://")]
    [InlineData("https://example.com/a")]
    public void Parse_SomethingElse_IsRefused(string text)
    {
        var exception = Assert.Throws<EngineException>(() => ImageReference.Parse(text));

        Assert.Equal(EngineErrorKind.Refused, exception.Kind);
        Assert.StartsWith($"'{text}' is not an image reference.", exception.Message, StringComparison.Ordinal);
    }
}
