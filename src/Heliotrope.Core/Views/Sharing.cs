namespace Heliotrope.Core.Views;

/// <summary>Who has a view in their menu.</summary>
public enum Sharing
{
    /// <summary>Whoever made it, and nobody else.</summary>
    Own,
    /// <summary>A team.</summary>
    Team,
    /// <summary>Everybody at the desk.</summary>
    Everybody,
}
