namespace CmlNet.Cli.Tests.Commands.Dvc;

/// <summary>What may be set: DVC refuses to work in a project with an option it does not know.</summary>
public sealed class ConfigOptionTests : IDisposable
{
    private readonly DvcFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("there is no option 'remote.s.endpoint_url'. Is endpointurl meant?", "remote", "modify", "s", "endpoint_url", "http://x")]
    [InlineData("there is no option 'remote.s.password'", "remote", "modify", "--local", "s", "password", "x")]
    [InlineData("'remote.s.jobs' cannot be 'abc': expected a whole number from 1 on", "remote", "modify", "s", "jobs", "abc")]
    [InlineData("'remote.s.jobs' cannot be '0'", "config", "remote.s.jobs", "0")]
    [InlineData("'cache.type' cannot be 'foo': expected a list of reflink, hardlink, symlink and copy", "config", "cache.type", "foo")]
    [InlineData("'cache.shared' cannot be 'all': expected group", "config", "cache.shared", "all")]
    [InlineData("'core.autostage' cannot be 'maybe': expected true or false", "config", "core.autostage", "maybe")]
    [InlineData("there is no option 'core.nope'. Known are remote, ", "config", "core.nope", "1")]
    [InlineData("there is no section 'frob'. Known are core, ", "config", "frob.x", "1")]
    [InlineData("remote 'none' has no url yet", "config", "remote.none.jobs", "1")]
    [InlineData("'parsing.bool' cannot be 'x': expected store_true or boolean_optional", "config", "parsing.bool", "x")]
    public async Task Set_WhatDvcDoesNotTake_IsRefused(string message, params string[] command)
    {
        await _folder.OkAsync("remote", "add", "s", "s3://bucket/path");
        string before = _folder.Read(".dvc/config");
        Assert.Equal(251, await _folder.RunAsync(command));
        Assert.Contains(message, _folder.Error, StringComparison.Ordinal);
        Assert.Equal(before, _folder.Read(".dvc/config"));
        Assert.False(_folder.Exists(".dvc/config.local"));
    }

    [Theory]
    [InlineData("cache.type", "hardlink, copy")]
    [InlineData("remote.s.ssl_verify", "/etc/ssl/own.pem")]
    [InlineData("remote.s.sse", "aws:kms")]
    [InlineData("remote.w.token", "it's, \u00fc #1")]
    [InlineData("remote.w.password", "say \"x\"")]
    [InlineData("core.checksum_jobs", "4")]
    [InlineData("feature.anything", "x")]
    public async Task Set_WhatDvcTakes_IsReadBack(string option, string value)
    {
        await _folder.OkAsync("remote", "add", "s", "s3://bucket/path");
        await _folder.OkAsync("remote", "add", "w", "webdavs://host/path");
        await _folder.OkAsync("config", option, value);
        Assert.Equal(value + "\n", await _folder.OkAsync("config", option));
    }

    [Fact]
    public async Task Set_AfterAWrongLinkType_CanSetAnother()
    {
        _folder.Write(".dvc/config", "[cache]\n    type = foo\n");
        _folder.Write("x", "x");
        Assert.Equal(255, await _folder.RunAsync("add", "x"));
        Assert.Contains("cache.type: 'foo' is not one of", _folder.Error, StringComparison.Ordinal);
        await _folder.OkAsync("config", "cache.type", "copy");
        await _folder.OkAsync("add", "x");
    }

    [Fact]
    public async Task RemoteRemove_WithSecretsElsewhere_LeavesNoneOfIt()
    {
        await _folder.OkAsync("remote", "add", "-d", "s", "s3://bucket/path");
        await _folder.OkAsync("remote", "modify", "--local", "s", "secret_access_key", "x");
        await _folder.OkAsync("remote", "remove", "s");
        Assert.Equal("", await _folder.OkAsync("remote", "list"));
        Assert.Equal("", _folder.Read(".dvc/config.local"));
    }

    [Theory]
    [InlineData("version_aware")]
    [InlineData("worktree")]
    public async Task Push_RemoteOfAnotherLayout_IsRefused(string option)
    {
        await _folder.OkAsync("remote", "add", "-d", "s", _folder.Beside("store"));
        await _folder.OkAsync("remote", "modify", "s", option, "true");
        _folder.Write("x", "x");
        await _folder.OkAsync("add", "x");
        Assert.Equal(255, await _folder.RunAsync("push"));
        Assert.Contains($"is {option}", _folder.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.Beside("store")));
    }
}
