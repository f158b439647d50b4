using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Database;

/// <summary>Small letters, as the database makes them: for comparing what people type in any letters.</summary>
internal static class Small
{
    /// <summary>Only within a query.</summary>
    public static string Letters(string text) => throw new NotSupportedException();

    /// <summary>The same of what is typed.</summary>
    public static string Typed(string text) => text.ToLowerInvariant();

    public static void AddTo(ModelBuilder builder) => builder.HasDbFunction(typeof(Small).GetMethod(nameof(Letters))!).HasName("lower").IsBuiltIn();
}
