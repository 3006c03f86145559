using Microsoft.Playwright;

namespace CmlNet.Runner.Tests.Web;

/// <summary>A headless Chromium; null where none is installed.</summary>
public sealed class ChromiumFixture : IAsyncLifetime
{
    public const string Absent = "no Chromium at /usr/bin/chromium, /usr/bin/chromium-browser, /usr/bin/google-chrome or $CML_CHROMIUM";

    private IPlaywright? _playwright;

    public IBrowser? Browser { get; private set; }

    public async Task InitializeAsync()
    {
        string?[] places = [Environment.GetEnvironmentVariable("CML_CHROMIUM"), "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
        if (Array.Find(places, File.Exists) is not { } path)
            return;
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-dev-shm-usage"] });
    }

    public async Task DisposeAsync()
    {
        if (Browser is not null)
            await Browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
