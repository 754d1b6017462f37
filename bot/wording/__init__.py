"""What the bot says, whatever the articles say: fixed sentences, its profile, dates as Persian readers write them."""
