using Heliotrope.Core.Conversations;
using Heliotrope.Server.Help;
using Heliotrope.Server.NextQuestion;
using Heliotrope.Server.People;
using Heliotrope.Server.Plays;
using Heliotrope.Server.Teams;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Heliotrope.Server.Database;

internal sealed class PlaysMapping : IEntityTypeConfiguration<Play>, IEntityTypeConfiguration<PlayUse>, IEntityTypeConfiguration<NextPair>, IEntityTypeConfiguration<NextAnswer>, IEntityTypeConfiguration<NextOffer>
{
    public void Configure(EntityTypeBuilder<Play> builder)
    {
        builder.ToTable("Plays");
        builder.Ignore(p => p.Situation);
        builder.Ignore(p => p.StepList);
        builder.HasOne<User>().WithMany().HasForeignKey(p => p.AuthorId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<Conversation>().WithMany().HasForeignKey(p => p.ConversationNumber).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<Entry>().WithMany().HasForeignKey(p => p.EntryId).OnDelete(DeleteBehavior.SetNull);
    }

    public void Configure(EntityTypeBuilder<PlayUse> builder)
    {
        builder.ToTable("PlayUses");
        builder.HasIndex(u => new { u.PlayId, u.ConversationNumber }).IsUnique();
        builder.HasOne<Play>().WithMany().HasForeignKey(u => u.PlayId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Conversation>().WithMany().HasForeignKey(u => u.ConversationNumber).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<User>().WithMany().HasForeignKey(u => u.UserId).OnDelete(DeleteBehavior.SetNull);
    }

    public void Configure(EntityTypeBuilder<NextPair> builder)
    {
        builder.ToTable("NextPairs").HasKey(p => new { p.FromDriverId, p.ToDriverId });
        builder.Ignore(p => p.Found);
        builder.HasOne<Driver>().WithMany().HasForeignKey(p => p.FromDriverId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Driver>().WithMany().HasForeignKey(p => p.ToDriverId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<NextAnswer> builder)
    {
        builder.ToTable("NextAnswers").HasKey(a => a.DriverId);
        builder.Property(a => a.DriverId).ValueGeneratedNever();
        builder.HasOne<Driver>().WithMany().HasForeignKey(a => a.DriverId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Article>().WithMany().HasForeignKey(a => a.ArticleId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<NextOffer> builder)
    {
        builder.ToTable("NextOffers");
        builder.HasIndex(o => new { o.ConversationNumber, o.ToDriverId }).IsUnique();
        builder.HasOne<Conversation>().WithMany().HasForeignKey(o => o.ConversationNumber).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Driver>().WithMany().HasForeignKey(o => o.ToDriverId).OnDelete(DeleteBehavior.Cascade);
    }
}
