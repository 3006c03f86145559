using CmlNet.Workflows.Execution.Events;

namespace CmlNet.Workflows.Tests.Execution.Events;

public sealed class RemoteUrlTests
{
    [Theory]
    [InlineData("https://github.com/octo/hello.git", "https://github.com octo hello")]
    [InlineData("https://github.com/octo/hello/", "https://github.com octo hello")]
    [InlineData("https://user:ghp_secret@github.com/octo/hello", "https://github.com octo hello")]
    [InlineData("https://ghes.example.com:8443/octo/hello.git", "https://ghes.example.com:8443 octo hello")]
    [InlineData("http://localhost:3000/octo/hello.git", "http://localhost:3000 octo hello")]
    [InlineData("git@github.com:octo/hello.git", "https://github.com octo hello")]
    [InlineData("github.com:octo/hello", "https://github.com octo hello")]
    [InlineData("git@gitlab.example.com:group/sub/hello.git", "https://gitlab.example.com group/sub hello")]
    [InlineData("ssh://git@ghes.example.com:2222/octo/hello.git", "https://ghes.example.com octo hello")]
    [InlineData("ssh://git@ssh.github.com:443/octo/hello.git", "https://github.com octo hello")]
    [InlineData("git://github.com/octo/he.llo.git", "https://github.com octo he.llo")]
    public void TryParse_Remote_NamesServerOwnerRepository(string url, string expected)
    {
        Assert.True(RemoteUrl.TryParse(url, out RemoteUrl? remote));
        Assert.Equal(expected, $"{remote.ServerUrl} {remote.Owner} {remote.Name}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("/srv/git/hello.git")]
    [InlineData("../hello")]
    [InlineData("./a:b/c")]
    [InlineData("C:/repos/hello")]
    [InlineData("file:///srv/git/hello.git")]
    [InlineData("https://github.com/hello")]
    [InlineData("https://")]
    public void TryParse_OtherText_IsRefused(string url) => Assert.False(RemoteUrl.TryParse(url, out _));
}
