using Heliotrope.Core.Conversations;
using Heliotrope.Server.Search;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Heliotrope.Server.Database;

/// <summary>What searching keeps besides the index, whose tables begin with <c>found_</c> and belong to each engine (docs/decisions/0023).</summary>
internal sealed class SearchMapping : IEntityTypeConfiguration<AttachmentText>, IEntityTypeConfiguration<Entry>
{
    public void Configure(EntityTypeBuilder<AttachmentText> builder)
    {
        builder.ToTable("AttachmentTexts").HasKey(t => t.AttachmentId);
        builder.Property(t => t.AttachmentId).ValueGeneratedNever();
        builder.HasOne<Attachment>().WithOne().HasForeignKey<AttachmentText>(t => t.AttachmentId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(t => t.AttachmentId, "ix_attachment_texts_unread").HasFilter("NOT done");
    }

    // Somebody else than the customer writes seldom, and is looked for by name.
    public void Configure(EntityTypeBuilder<Entry> builder) => builder.HasIndex(e => e.ConversationNumber, "ix_entries_somebody_else").HasFilter("author = 'SomebodyElse'");
}
