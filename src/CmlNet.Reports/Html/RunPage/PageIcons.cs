namespace CmlNet.Reports.Html.RunPage;

/// <summary>The shapes of the page, each told apart without colour.</summary>
internal static class PageIcons
{
    public const string Sprite =
        """
        <svg class="sprite" width="0" height="0" aria-hidden="true" focusable="false">
        <symbol id="i-success" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7.5" fill="currentColor"/><path d="M4.6 8.3l2.3 2.3 4.6-4.9" fill="none" stroke="var(--bg)" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"/></symbol>
        <symbol id="i-failure" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7.5" fill="currentColor"/><path d="M5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2" fill="none" stroke="var(--bg)" stroke-width="1.8" stroke-linecap="round"/></symbol>
        <symbol id="i-cancelled" viewBox="0 0 16 16"><path d="M5 .9h6L15.1 5v6L11 15.1H5L.9 11V5z" fill="currentColor"/><path d="M4.6 8h6.8" fill="none" stroke="var(--bg)" stroke-width="1.8" stroke-linecap="round"/></symbol>
        <symbol id="i-skipped" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6.7" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M4.3 11.7l7.4-7.4" stroke="currentColor" stroke-width="1.6" stroke-linecap="round"/></symbol>
        <symbol id="i-neutral" viewBox="0 0 16 16"><rect x="1.3" y="1.3" width="13.4" height="13.4" rx="3" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M5 8h6" stroke="currentColor" stroke-width="1.6" stroke-linecap="round"/></symbol>
        <symbol id="i-warning" viewBox="0 0 16 16"><path d="M8 1.2l7.2 13H.8z" fill="currentColor" stroke="currentColor" stroke-width="1" stroke-linejoin="round"/><path d="M8 5.8v4M8 12v.1" stroke="var(--bg)" stroke-width="1.7" stroke-linecap="round"/></symbol>
        <symbol id="i-notice" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6.7" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M8 7.4v3.8M8 4.7v.1" stroke="currentColor" stroke-width="1.7" stroke-linecap="round"/></symbol>
        </svg>
        """;
}
