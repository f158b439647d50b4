namespace Heliotrope.Server.Help;

/// <summary>The list of articles.</summary>
/// <param name="Rows">In the order of their titles.</param>
/// <param name="Search">The words that were looked for; empty for none.</param>
/// <param name="Language">The language they are narrowed to; null for all.</param>
/// <param name="MayWrite">Whether the viewer writes articles.</param>
public sealed record ArticlesView(IReadOnlyList<ArticleRow> Rows, string Search, string? Language, bool MayWrite);

/// <summary>One article to read.</summary>
/// <param name="Article">The article.</param>
/// <param name="SafeHtml">Its words, made by our own Markdown, which shows HTML instead of running it.</param>
/// <param name="MayWrite">Whether the viewer writes articles.</param>
public sealed record ArticleView(ArticleDetails Article, string SafeHtml, bool MayWrite);
